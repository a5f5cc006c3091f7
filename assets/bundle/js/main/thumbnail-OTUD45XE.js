import{wa as a,xa as b}from"./chunk-LM62WY7W.js";import"./chunk-E25NNS4N.js";export{a as drawThumbnail,b as thumbnailFile};
