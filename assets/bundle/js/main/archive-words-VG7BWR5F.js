import{a}from"./chunk-WYIBM2IF.js";import"./chunk-X32O7ZBD.js";import"./chunk-UOGRO6MQ.js";export{a as archiveFailed};
