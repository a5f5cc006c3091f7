import{wa as a,xa as b}from"./chunk-DJJSRX6J.js";import"./chunk-IYU334RQ.js";export{a as drawThumbnail,b as thumbnailFile};
