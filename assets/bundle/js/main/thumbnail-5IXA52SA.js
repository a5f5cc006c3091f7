import{wa as a,xa as b}from"./chunk-A2YVXULH.js";import"./chunk-VOW2ATNU.js";export{a as drawThumbnail,b as thumbnailFile};
