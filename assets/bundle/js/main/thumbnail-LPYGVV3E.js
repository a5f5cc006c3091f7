import{wa as a,xa as b}from"./chunk-6SVS7R35.js";import"./chunk-H6GHFQDO.js";export{a as drawThumbnail,b as thumbnailFile};
