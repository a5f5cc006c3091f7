import{wa as a,xa as b}from"./chunk-4UKOSGND.js";import"./chunk-IKXHTECM.js";export{a as drawThumbnail,b as thumbnailFile};
