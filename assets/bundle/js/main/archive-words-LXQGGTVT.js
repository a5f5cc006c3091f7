import{a}from"./chunk-SZEN4PNA.js";import"./chunk-CWWJJTIE.js";import"./chunk-CKXHTQXI.js";export{a as archiveFailed};
