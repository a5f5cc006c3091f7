import{a}from"./chunk-JIEYTPVB.js";import"./chunk-ADEYBY7K.js";import"./chunk-H6GHFQDO.js";export{a as archiveFailed};
