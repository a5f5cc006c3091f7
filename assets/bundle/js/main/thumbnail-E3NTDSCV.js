import{wa as a,xa as b}from"./chunk-77MLPTAH.js";import"./chunk-KFIXPIN3.js";export{a as drawThumbnail,b as thumbnailFile};
