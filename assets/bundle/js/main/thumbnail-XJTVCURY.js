import{wa as a,xa as b}from"./chunk-TIWCEMHJ.js";import"./chunk-HICZ554G.js";export{a as drawThumbnail,b as thumbnailFile};
