import{a}from"./chunk-MDHIWROR.js";import"./chunk-77MLPTAH.js";import"./chunk-KFIXPIN3.js";export{a as Relations};
