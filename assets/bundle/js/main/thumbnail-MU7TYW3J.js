import{wa as a,xa as b}from"./chunk-RMPBLRC4.js";import"./chunk-CKXHTQXI.js";export{a as drawThumbnail,b as thumbnailFile};
