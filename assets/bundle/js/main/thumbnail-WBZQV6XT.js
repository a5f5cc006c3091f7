import{wa as a,xa as b}from"./chunk-2XMWMK6T.js";import"./chunk-Z7NA6XGT.js";export{a as drawThumbnail,b as thumbnailFile};
