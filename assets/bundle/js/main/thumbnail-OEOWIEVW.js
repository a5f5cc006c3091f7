import{wa as a,xa as b}from"./chunk-CZ5VQR6A.js";import"./chunk-LGJIK7NY.js";export{a as drawThumbnail,b as thumbnailFile};
