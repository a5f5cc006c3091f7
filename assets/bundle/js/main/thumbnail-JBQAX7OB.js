import{wa as a,xa as b}from"./chunk-C6WIRQPL.js";import"./chunk-MFRKR42Q.js";export{a as drawThumbnail,b as thumbnailFile};
