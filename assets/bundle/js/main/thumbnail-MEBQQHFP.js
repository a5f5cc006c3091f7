import{wa as a,xa as b}from"./chunk-ZIWFZ4UJ.js";import"./chunk-UOGRO6MQ.js";export{a as drawThumbnail,b as thumbnailFile};
