import{a}from"./chunk-ZTZNAHP4.js";import"./chunk-46LNTSIC.js";import"./chunk-E25NNS4N.js";export{a as archiveFailed};
