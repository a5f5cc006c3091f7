import{a}from"./chunk-H3TVQQVN.js";import"./chunk-CWWJJTIE.js";import"./chunk-GPZMCQ5G.js";export{a as archiveFailed};
