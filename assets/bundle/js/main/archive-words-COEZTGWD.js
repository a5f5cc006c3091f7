import{a}from"./chunk-6E6XQOGT.js";import"./chunk-CWWJJTIE.js";import"./chunk-GBNEMQPM.js";export{a as archiveFailed};
