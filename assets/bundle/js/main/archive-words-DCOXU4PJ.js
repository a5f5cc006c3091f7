import{a}from"./chunk-IETIK7WG.js";import"./chunk-CWWJJTIE.js";import"./chunk-C2ILZRWP.js";export{a as archiveFailed};
