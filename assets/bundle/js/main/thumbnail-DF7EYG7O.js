import{wa as a,xa as b}from"./chunk-AQ7JS2EY.js";import"./chunk-WRUJKUPW.js";export{a as drawThumbnail,b as thumbnailFile};
