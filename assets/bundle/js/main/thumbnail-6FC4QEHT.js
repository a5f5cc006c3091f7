import{wa as a,xa as b}from"./chunk-MPFODTAR.js";import"./chunk-XE75TDAC.js";export{a as drawThumbnail,b as thumbnailFile};
