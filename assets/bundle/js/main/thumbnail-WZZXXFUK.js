import{wa as a,xa as b}from"./chunk-VMHOWDOV.js";import"./chunk-6KE3C2QN.js";export{a as drawThumbnail,b as thumbnailFile};
