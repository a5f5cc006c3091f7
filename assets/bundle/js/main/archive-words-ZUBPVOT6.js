import{a}from"./chunk-XYOHWUNN.js";import"./chunk-CWWJJTIE.js";import"./chunk-JUQIVQKA.js";export{a as archiveFailed};
