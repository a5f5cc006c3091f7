import{wa as a,xa as b}from"./chunk-AV7UNKA6.js";import"./chunk-GPZMCQ5G.js";export{a as drawThumbnail,b as thumbnailFile};
