import{a}from"./chunk-NB4AIXLU.js";import"./chunk-CWWJJTIE.js";import"./chunk-UM6X3XQG.js";export{a as archiveFailed};
