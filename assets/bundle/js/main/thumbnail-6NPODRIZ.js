import{wa as a,xa as b}from"./chunk-G26R36EJ.js";import"./chunk-C2ILZRWP.js";export{a as drawThumbnail,b as thumbnailFile};
