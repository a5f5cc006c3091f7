import{wa as a,xa as b}from"./chunk-SOSRXUAD.js";import"./chunk-QFEFAQND.js";export{a as drawThumbnail,b as thumbnailFile};
