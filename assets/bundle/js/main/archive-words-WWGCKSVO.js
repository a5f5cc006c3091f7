import{a}from"./chunk-3KZFSVUK.js";import"./chunk-HOM5YVAN.js";import"./chunk-VOW2ATNU.js";export{a as archiveFailed};
