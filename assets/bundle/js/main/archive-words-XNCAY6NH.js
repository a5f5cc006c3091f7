import{a}from"./chunk-CHFIV37O.js";import"./chunk-CWWJJTIE.js";import"./chunk-MOLHXUMU.js";export{a as archiveFailed};
