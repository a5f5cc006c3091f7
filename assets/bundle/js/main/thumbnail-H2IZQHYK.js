import{wa as a,xa as b}from"./chunk-U3JR2LVP.js";import"./chunk-O3MOY7OY.js";export{a as drawThumbnail,b as thumbnailFile};
