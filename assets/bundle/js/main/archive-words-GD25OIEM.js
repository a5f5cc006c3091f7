import{a}from"./chunk-HIX36B57.js";import"./chunk-CWWJJTIE.js";import"./chunk-ZKMTDG6Y.js";export{a as archiveFailed};
