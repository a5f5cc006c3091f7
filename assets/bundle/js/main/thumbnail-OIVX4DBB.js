import{wa as a,xa as b}from"./chunk-LNC5OHGD.js";import"./chunk-ZD54PYGX.js";export{a as drawThumbnail,b as thumbnailFile};
