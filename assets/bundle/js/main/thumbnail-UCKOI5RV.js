import{wa as a,xa as b}from"./chunk-S4SQJXB5.js";import"./chunk-JUQIVQKA.js";export{a as drawThumbnail,b as thumbnailFile};
