import{wa as a,xa as b}from"./chunk-LGDGZ44G.js";import"./chunk-ZKMTDG6Y.js";export{a as drawThumbnail,b as thumbnailFile};
