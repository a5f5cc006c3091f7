import{a}from"./chunk-FLTGIOPF.js";import"./chunk-E4OVUE7X.js";import"./chunk-KFIXPIN3.js";export{a as archiveFailed};
