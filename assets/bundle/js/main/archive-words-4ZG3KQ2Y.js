import{a}from"./chunk-LSLKBHLP.js";import"./chunk-QFLWLD4L.js";import"./chunk-PMFCQQQX.js";export{a as archiveFailed};
