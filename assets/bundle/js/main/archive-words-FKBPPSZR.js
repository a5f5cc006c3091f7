import{a}from"./chunk-SE6JXKDR.js";import"./chunk-CWWJJTIE.js";import"./chunk-Z7NA6XGT.js";export{a as archiveFailed};
