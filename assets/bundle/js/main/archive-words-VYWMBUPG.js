import{a}from"./chunk-W6BDDIQY.js";import"./chunk-CWWJJTIE.js";import"./chunk-IKXHTECM.js";export{a as archiveFailed};
