import{wa as a,xa as b}from"./chunk-UWKF7ZRC.js";import"./chunk-RAPN7MWH.js";export{a as drawThumbnail,b as thumbnailFile};
