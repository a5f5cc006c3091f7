import{wa as a,xa as b}from"./chunk-QNOUDKWC.js";import"./chunk-GBNEMQPM.js";export{a as drawThumbnail,b as thumbnailFile};
