import{wa as a,xa as b}from"./chunk-7VTSHYCH.js";import"./chunk-PSYEO2YT.js";export{a as drawThumbnail,b as thumbnailFile};
