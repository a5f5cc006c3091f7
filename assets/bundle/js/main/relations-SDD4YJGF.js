import{a}from"./chunk-PHHFHLX2.js";import"./chunk-VMHOWDOV.js";import"./chunk-6KE3C2QN.js";export{a as Relations};
