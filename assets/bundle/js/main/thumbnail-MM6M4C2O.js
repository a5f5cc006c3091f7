import{wa as a,xa as b}from"./chunk-XZ74U7KY.js";import"./chunk-JMR4ZJSK.js";export{a as drawThumbnail,b as thumbnailFile};
