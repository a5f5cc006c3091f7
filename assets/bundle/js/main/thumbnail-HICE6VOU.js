import{wa as a,xa as b}from"./chunk-FR7W6MKC.js";import"./chunk-UM6X3XQG.js";export{a as drawThumbnail,b as thumbnailFile};
