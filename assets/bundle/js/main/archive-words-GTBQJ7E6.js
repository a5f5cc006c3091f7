import{a}from"./chunk-Y4VJIMEG.js";import"./chunk-QPKXD2ZA.js";import"./chunk-D7Y74B6W.js";export{a as archiveFailed};
