import{a}from"./chunk-5XLCTA7P.js";import"./chunk-ZCVLIAG6.js";import"./chunk-IZHYMT3F.js";export{a as Relations};
