import{a}from"./chunk-Y2TGPAJN.js";import"./chunk-CWWJJTIE.js";import"./chunk-XE75TDAC.js";export{a as archiveFailed};
