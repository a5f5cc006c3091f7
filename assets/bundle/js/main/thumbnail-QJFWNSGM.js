import{wa as a,xa as b}from"./chunk-OJ327DSW.js";import"./chunk-D7Y74B6W.js";export{a as drawThumbnail,b as thumbnailFile};
