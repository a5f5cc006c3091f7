import{wa as a,xa as b}from"./chunk-6I4DX5TI.js";import"./chunk-YC5EWCQD.js";export{a as drawThumbnail,b as thumbnailFile};
