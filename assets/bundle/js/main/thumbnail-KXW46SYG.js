import{wa as a,xa as b}from"./chunk-O4QGZQD2.js";import"./chunk-PMFCQQQX.js";export{a as drawThumbnail,b as thumbnailFile};
