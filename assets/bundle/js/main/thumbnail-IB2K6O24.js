import{wa as a,xa as b}from"./chunk-ZCVLIAG6.js";import"./chunk-IZHYMT3F.js";export{a as drawThumbnail,b as thumbnailFile};
