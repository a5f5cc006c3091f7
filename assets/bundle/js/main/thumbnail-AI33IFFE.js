import{wa as a,xa as b}from"./chunk-CNO5J2LO.js";import"./chunk-MOLHXUMU.js";export{a as drawThumbnail,b as thumbnailFile};
